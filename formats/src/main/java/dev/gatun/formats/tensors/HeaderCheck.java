package dev.gatun.formats.tensors;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Looks at a header before it is written, through the eyes of whoever will read it. */
@FunctionalInterface
public interface HeaderCheck {

    /**
     * Refuses what a reader would refuse.
     *
     * @param metadata as {@link SafetensorsFile#metadata} will give them
     * @param tensors  as {@link SafetensorsFile#tensors} will give them
     * @throws IOException one sentence that says what would be refused; then nothing is written
     */
    void check(Map<String, String> metadata, List<TensorInfo> tensors) throws IOException;
}
