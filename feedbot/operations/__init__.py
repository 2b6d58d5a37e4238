"""What an operator asks and wants done: status, alerts, metrics, explanations, upkeep."""
