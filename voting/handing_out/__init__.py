"""发票: the cards of a plenary, leftovers, the reserve, lost cards, incidents, 试投."""
