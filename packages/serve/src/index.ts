export { readAddress, type AddressFlags } from "./address.ts";
export { BackendServer } from "./backend-server.ts";
export { findBackend, readServeConfig, type ServeConfig } from "./read-serve-config.ts";
export { ServedModel } from "./served-model.ts";
