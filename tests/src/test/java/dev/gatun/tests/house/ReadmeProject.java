package dev.gatun.tests.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the README's section "Use it in your project": each fenced block of XML or Java is the file that the text
 * before it named last.
 *
 * @param files by their paths in the project
 */
record ReadmeProject(Map<String, String> files) {

    static final String POM = "pom.xml";
    static final String MAIN = "src/main/java/example/Forecast.java";
    static final String DESCRIPTOR = "src/main/java/module-info.java";

    private static final String HEADING = "\n## Use it in your project\n";
    private static final Pattern BLOCK = Pattern.compile("```(?:xml|java)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("`([\\w./-]+\\.(?:xml|java))`");

    static ReadmeProject read() {
        String readme = SourceTree.text("README.md");
        int start = readme.indexOf(HEADING);
        if (start < 0) {
            throw new AssertionError("README.md has no section" + HEADING);
        }
        String section = readme.substring(start, readme.indexOf("\n## ", start + 1));
        Map<String, String> files = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(section);
        int from = 0;
        while (block.find()) {
            Matcher name = NAME.matcher(section.substring(from, block.start()));
            String last = null;
            while (name.find()) {
                last = name.group(1);
            }
            files.put(last, block.group(1));
            from = block.end();
        }
        return new ReadmeProject(files);
    }

    String file(String name) {
        String text = files.get(name);
        if (text == null) {
            throw new AssertionError("README.md shows no " + name + ", only " + files.keySet());
        }
        return text;
    }

    /** Writes one of its files into a project's folder. */
    Path write(String name, Path project) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, file(name));
    }
}
