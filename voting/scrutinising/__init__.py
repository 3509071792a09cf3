"""监票: the key that the scrutineers make together, the empty box, the heads they confirm."""
