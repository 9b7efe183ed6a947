"""What leaves the desk: steps, links, the message that goes with them, and a look beforehand."""
