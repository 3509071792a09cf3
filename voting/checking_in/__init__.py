"""签到: plenaries, who is there, who is on leave, passes."""
