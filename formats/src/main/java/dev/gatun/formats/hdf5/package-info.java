/// HDF5 files, as far as model files need them.
package dev.gatun.formats.hdf5;
