package dev.gatun.cli.tensors;

import dev.gatun.formats.tensors.Npz;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A file with tensors by name. */
interface TensorStore extends AutoCloseable {

    /** In the file's order. */
    Set<String> names();

    /**
     * @param whole whether whole numbers are asked for
     * @throws IOException if it cannot be read, or is not whole
     */
    Tensor tensor(String name, boolean whole) throws IOException;

    @Override
    void close();

    private static Set<String> names(List<TensorInfo> infos) {
        Set<String> names = new LinkedHashSet<>();
        infos.forEach(info -> names.add(info.name()));
        return names;
    }

    /** Of a safetensors file. */
    record OfSafetensors(SafetensorsFile file) implements TensorStore {

        @Override
        public Set<String> names() {
            return TensorStore.names(file.tensors());
        }

        @Override
        public Tensor tensor(String name, boolean whole) throws IOException {
            return whole ? file.ints(name) : file.tensor(name);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** Of an archive of NumPy's. */
    record OfNpz(Npz archive) implements TensorStore {

        @Override
        public Set<String> names() {
            return TensorStore.names(archive.arrays());
        }

        @Override
        public Tensor tensor(String name, boolean whole) throws IOException {
            return whole ? archive.ints(name) : archive.tensor(name);
        }

        @Override
        public void close() {
            archive.close();
        }
    }
}
