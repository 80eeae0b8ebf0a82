package dev.gatun.perf.files;

import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A fresh JVM that does one thing with a file, and says how many nanoseconds that took. */
public final class FileTask {

    private FileTask() {}

    /** What it does. */
    public enum Kind {
        /** Opens a safetensors file and copies its last tensor to memory off the heap. */
        TENSOR {
            @Override
            AutoCloseable run(Path path) throws IOException {
                SafetensorsFile file = Safetensors.read(path);
                TensorInfo last = file.tensors().getLast();
                MemorySegment memory = Arena.ofAuto().allocate(last.shape().floatBytes(), 64);
                file.copyTo(last.name(), new Tensor(memory, 0, last.shape()));
                return file;
            }
        },
        /** Loads a model file of any kind, until a call could predict. */
        MODEL {
            @Override
            AutoCloseable run(Path path) throws IOException {
                return Model.load(path);
            }
        };

        /** What is to be closed when the clock has stopped. */
        abstract AutoCloseable run(Path path) throws IOException;
    }

    /** The kind, and the file. */
    public static void main(String[] words) throws Exception {
        Kind kind = Kind.valueOf(words[0]);
        Path path = Path.of(words[1]);
        long begin = System.nanoTime();
        AutoCloseable made = kind.run(path);
        System.out.println("nanos " + (System.nanoTime() - begin));
        made.close();
    }
}
