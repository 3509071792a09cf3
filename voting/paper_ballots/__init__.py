"""纸质票: ballots on paper and shows of hands, counted by two tellers."""
