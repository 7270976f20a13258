export default {
  server: {
    proxy: {
      "/ws/": { target: "http://127.0.0.1:8000", ws: true },
      "/api/": "http://127.0.0.1:8000",
    },
  },
};
