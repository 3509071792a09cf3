"""Deputies watch, the body decides: visits, orders, changes, completion."""
