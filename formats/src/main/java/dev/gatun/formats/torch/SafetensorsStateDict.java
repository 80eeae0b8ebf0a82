package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Shape;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** A state dict that {@code safetensors.torch.save_file} wrote. */
final class SafetensorsStateDict implements StateDict {

    private final SafetensorsFile tensors;
    private final SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
    private final Set<String> otherTypes = new TreeSet<>();

    SafetensorsStateDict(SafetensorsFile tensors) {
        this.tensors = tensors;
        for (TensorInfo info : tensors.tensors()) {
            shapes.put(info.name(), info.shape());
            if (!info.dtype().equals("F32") && !info.name().endsWith(TorchModules.COUNTER)) {
                otherTypes.add(info.dtype());
            }
        }
    }

    @Override
    public String file() {
        return tensors.name();
    }

    @Override
    public String format() {
        return "PyTorch state dict in safetensors";
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
        return tensors.tensor(name).toArray();
    }

    @Override
    public void close() {
        tensors.close();
    }
}
