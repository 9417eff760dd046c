Page({ data: { title: "cart" } });
