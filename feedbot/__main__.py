"""python -m feedbot"""

from .cli import main

if __name__ == "__main__":
    main()
