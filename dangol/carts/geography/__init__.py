"""Where places lie: regions and postcodes of Korea and the United States, names of countries. Pure tables."""
