//! A realistic organisation to look at.
