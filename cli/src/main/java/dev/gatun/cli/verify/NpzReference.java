package dev.gatun.cli.verify;

import dev.gatun.formats.tensors.Npz;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Arrays by name, as numpy.savez writes them. */
record NpzReference(Npz archive) implements ReferenceFile {

    NpzReference(Path path) throws IOException {
        this(Npz.open(path));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        archive.arrays().stream().map(TensorInfo::name).forEach(names::add);
        return names;
    }

    @Override
    public Tensor input(String name, boolean whole) throws IOException {
        return whole ? archive.ints(name) : archive.tensor(name);
    }

    @Override
    public Expected output(String name) throws IOException {
        return Expected.of(archive.tensor(name));
    }

    @Override
    public void close() {
        archive.close();
    }
}
