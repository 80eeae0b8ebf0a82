package dev.gatun.cli.verify;

import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Tensors by name. */
record SafetensorsReference(SafetensorsFile file) implements ReferenceFile {

    SafetensorsReference(Path path) throws IOException {
        this(Safetensors.read(path));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        file.tensors().stream().map(TensorInfo::name).forEach(names::add);
        return names;
    }

    @Override
    public Tensor input(String name, boolean whole) throws IOException {
        return whole ? file.ints(name) : file.tensor(name);
    }

    @Override
    public Expected output(String name) throws IOException {
        return new Expected(file.info(name).shape(), file.doubles(name));
    }

    @Override
    public void close() {
        file.close();
    }
}
