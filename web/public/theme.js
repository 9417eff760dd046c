// Before the first paint: the theme and the language that were chosen here last.
{
  const theme = localStorage.getItem("commenda.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const language = localStorage.getItem("commenda.language");
  if (language === "zh") document.documentElement.lang = "zh-CN";
}
