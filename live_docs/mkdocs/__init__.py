"""What only MkDocs needs: hooks that check the pages and serve both halves, and scripts sent small."""
