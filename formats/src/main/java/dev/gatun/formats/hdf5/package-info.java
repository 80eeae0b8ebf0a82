/** HDF5 files, of which only what is asked for is read, and nothing is believed that the file says of itself. */
package dev.gatun.formats.hdf5;
