"""Every fault, at every moment: what is shown, what is asked, what is done."""
