package dev.gatun.formats.weights;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.gatun.GatunFormat;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The tensors of a safetensors file under their own names; of one that Gatun wrote all but the optimizer's moments.
 *
 * @param file   open
 * @param shapes by name
 */
record SafetensorsWeights(SafetensorsFile file, SequencedMap<String, Shape> shapes) implements WeightSource {

    /** By its first bytes: a length that a header may have, and the header's brace. */
    static boolean is(ModelSource source) {
        byte[] start = source.start();
        if (start.length <= Long.BYTES || start[Long.BYTES] != '{') {
            return false;
        }
        long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return header > 0 && header <= Safetensors.LONGEST_HEADER;
    }

    /** @throws IOException if it is not a sound file */
    static SafetensorsWeights open(ModelSource source) throws IOException {
        SafetensorsFile file = source.file().isPresent()
                ? Safetensors.read(source.file().get())
                : Safetensors.read(source.name(), source.bytes());
        try {
            SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
            for (TensorInfo tensor : GatunFormat.weights(file)) {
                shapes.put(tensor.name(), tensor.shape());
            }
            return new SafetensorsWeights(file, shapes);
        } catch (FormatException | RuntimeException | Error failed) {
            file.close();
            throw failed;
        }
    }

    @Override
    public String name() {
        return file.name() + " (safetensors)";
    }

    @Override
    public void copyTo(String weight, Tensor target) throws FormatException {
        file.copyTo(weight, target);
    }

    @Override
    public void close() {
        file.close();
    }
}
