"""The state: sources, pages and stories in one database. The only SQL of feedbot."""
