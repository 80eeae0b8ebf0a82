/// HDF5 files as h5py writes them, as far as model files need them.
package dev.gatun.formats.hdf5.write;
