// Stands in for KServe's storage initializer, which is called with pairs of a source and a folder: it writes the source's
// address where the model would be.
package main

import (
	"log"
	"os"
	"path/filepath"
)

func main() {
	arguments := os.Args[1:]
	if len(arguments) == 0 || len(arguments)%2 != 0 {
		log.Fatalf("expected pairs of a source and a folder, got %q", arguments)
	}
	for index := 0; index < len(arguments); index += 2 {
		source, folder := arguments[index], arguments[index+1]
		if err := os.MkdirAll(folder, 0o755); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "source.txt"), []byte(source+"\n"), 0o644); err != nil {
			log.Fatal(err)
		}
		log.Printf("%s -> %s", source, folder)
	}
}
