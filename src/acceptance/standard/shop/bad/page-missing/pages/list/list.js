Page({ data: { title: "list" } });
