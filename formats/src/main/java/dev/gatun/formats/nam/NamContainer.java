package dev.gatun.formats.nam;

import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Models of several sizes in one file, of which a player takes one by what time it has; the last is the whole one, which it takes
 * unless it is told to be quicker. Source: {@code NAM/container.cpp} of github.com/sdatkinson/NeuralAmpModelerCore.
 *
 * @param models in the order of their sizes
 */
record NamContainer(List<Map<String, Object>> models) {

    /** What the file calls it. */
    static final String ARCHITECTURE = "SlimmableContainer";

    private static final String LSTM = "LSTM";

    /** @throws IllegalArgumentException if it holds no models, or the whole one is not read */
    static NamContainer of(Map<String, Object> config) {
        if (!(config.get("submodels") instanceof List<?> entries) || entries.isEmpty()) {
            throw new IllegalArgumentException(
                    "is a " + ARCHITECTURE + " without submodels; copy or download it again");
        }
        List<Map<String, Object>> models = new ArrayList<>();
        for (Object entry : entries) {
            Map<String, Object> submodel = OptionReader.asMap(entry, "submodel " + models.size());
            models.add(OptionReader.asMap(submodel.get("model"), "model of submodel " + models.size()));
        }
        NamContainer container = new NamContainer(models);
        String last = container.architectures().getLast();
        if (!last.equals(LSTM) && !last.equals(ARCHITECTURE)) {
            int other = container.architectures().indexOf(LSTM);
            throw new IllegalArgumentException("is a " + ARCHITECTURE + " of " + String.join(", ",
                    container.architectures()) + ", whose last, of full size, is the model, and of these LSTM is read;"
                    + (other < 0
                            ? " train one with it, or take a file of one"
                            : " put what stands under config.submodels[" + other
                                    + "].model, a smaller one, into a file"));
        }
        return container;
    }

    private List<String> architectures() {
        return models.stream().map(model -> String.valueOf(model.get("architecture"))).toList();
    }

    Map<String, Object> largest() {
        return models.getLast();
    }

    List<String> notes() {
        return models.size() == 1
                ? List.of()
                : List.of("of " + models.size() + " models of different sizes in it the last was taken, of full size: "
                        + String.join(", ", architectures()));
    }
}
