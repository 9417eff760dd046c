// Faces in pieces: a browser fetches the pieces whose characters a page shows.
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/noto-sans-sc/index.css";
