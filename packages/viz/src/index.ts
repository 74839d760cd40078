export { layoutTree, type Placed, type TreeNode } from "./layout.ts";
export { renderTreePage, type TreePage } from "./tree-page.ts";
