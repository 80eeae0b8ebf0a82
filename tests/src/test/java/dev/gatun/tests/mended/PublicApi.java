package dev.gatun.tests.mended;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every public constructor and method of the packages that Gatun's modules export to everybody. */
final class PublicApi {

    private PublicApi() {}

    /** @param more public classes of other packages */
    static List<Executable> of(String[] packages, Class<?>... more) {
        List<Executable> found = new ArrayList<>();
        for (Class<?> type : more) {
            add(type, found);
        }
        for (String name : packages) {
            classes(name).forEach(type -> add(type, found));
        }
        return found;
    }

    private static void add(Class<?> type, List<Executable> found) {
        for (Constructor<?> constructor : type.getConstructors()) {
            found.add(constructor);
        }
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::toString))
                .forEach(found::add);
    }

    private static List<Class<?>> classes(String packageName) {
        try {
            List<Class<?>> classes = new ArrayList<>();
            String folder = packageName.replace('.', '/');
            for (URL url : Collections.list(PublicApi.class.getClassLoader().getResources(folder))) {
                inFolder(url.toURI(), path -> {
                    try (Stream<Path> files = Files.list(path)) {
                        files.map(file -> file.getFileName().toString())
                                .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                                .sorted()
                                .map(file -> type(packageName + "." + file.substring(0, file.length() - 6)))
                                .filter(PublicApi::isPublic)
                                .forEach(classes::add);
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                });
            }
            return classes;
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private interface Use {
        void of(Path folder);
    }

    private static void inFolder(URI uri, Use use) throws IOException {
        if (uri.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                use.of(jar.provider().getPath(uri));
            }
        } else {
            use.of(Path.of(uri));
        }
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        boolean isTest = type.getProtectionDomain().getCodeSource().getLocation()
                .equals(PublicApi.class.getProtectionDomain().getCodeSource().getLocation());
        return !type.isAnonymousClass() && !type.isLocalClass() && !isTest;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
