package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** A state dict that {@code safetensors.torch.save_file} wrote, or one that lies in several such files. */
final class SafetensorsStateDict implements StateDict {

    private static final int MOST = Integer.MAX_VALUE - 8;

    /** Types of parameters; whole numbers are codes that stand for others. */
    private static final List<String> FLOATS = List.of("F32", "F16", "BF16", "F64");

    private final String file;
    private final Set<SafetensorsFile> parts = new LinkedHashSet<>();
    private final SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, SafetensorsFile> places = new HashMap<>();
    private final Set<String> otherTypes = new TreeSet<>();

    private SafetensorsStateDict(String file) {
        this.file = file;
    }

    /** All of one file. */
    static SafetensorsStateDict of(SafetensorsFile tensors) {
        SafetensorsStateDict dict = new SafetensorsStateDict(tensors.name());
        dict.parts.add(tensors);
        tensors.tensors().forEach(info -> dict.add(info, tensors));
        return dict;
    }

    /**
     * Of several files.
     *
     * @param index  the file that says which tensor is where
     * @param places by names of tensors
     * @throws FormatException if a file has not what the index says
     */
    static SafetensorsStateDict of(String index, SequencedMap<String, SafetensorsFile> places) throws FormatException {
        SafetensorsStateDict dict = new SafetensorsStateDict(index);
        dict.parts.addAll(places.values());
        for (Map.Entry<String, SafetensorsFile> place : places.entrySet()) {
            dict.add(place.getValue().info(place.getKey()), place.getValue());
        }
        return dict;
    }

    private void add(TensorInfo info, SafetensorsFile place) {
        shapes.put(info.name(), info.shape());
        places.put(info.name(), place);
        if (!info.dtype().equals("F32") && FLOATS.contains(info.dtype())) {
            otherTypes.add(info.dtype());
        }
    }

    @Override
    public String file() {
        return file;
    }

    @Override
    public String format() {
        return "PyTorch state dict in safetensors" + (parts.size() > 1 ? ", " + parts.size() + " files" : "");
    }

    @Override
    public SequencedMap<String, Shape> shapes() {
        return shapes;
    }

    @Override
    public boolean isInOrder() {
        return false;
    }

    @Override
    public Set<String> otherTypes() {
        return otherTypes;
    }

    @Override
    public float[] numbers(String name) throws FormatException {
        SafetensorsFile tensors = places.get(name);
        String type = tensors.info(name).dtype();
        if (!FLOATS.contains(type)) {
            throw new FormatException(tensors.name(), "tensor " + FormatException.quote(name) + " holds " + type
                    + ", as quantized models do, whose scales are in no state dict that is read; expected one of "
                    + FLOATS + ": save the model as it was before it was quantized");
        }
        Shape shape = shapes.get(name);
        if (shape.elements() > MOST) {
            return tensors.tensor(name).toArray(); // Refused there: no array is as long.
        }
        float[] numbers = new float[(int) shape.elements()];
        tensors.copyTo(name, Tensor.of(numbers, shape.toArray()));
        return numbers;
    }

    @Override
    public void close() {
        parts.forEach(SafetensorsFile::close);
    }
}
