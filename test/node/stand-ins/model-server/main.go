// Stands in for a model server, called as KServe's sklearnserver is (--model_name, --model_dir, --http_port) or as vLLM is
// (serve DIRECTORY --port N). It is up as soon as its model's folder can be read, and tells which files are in it.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	directory, port := option("--model_dir", "/mnt/models"), option("--http_port", option("--port", "8080"))
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		entries, err := os.ReadDir(directory)
		if err != nil {
			http.Error(response, err.Error(), http.StatusServiceUnavailable)
			return
		}
		files := []string{}
		for _, entry := range entries {
			files = append(files, entry.Name())
		}
		json.NewEncoder(response).Encode(map[string]any{"arguments": os.Args[1:], "files": files})
	})
	log.Fatal(http.ListenAndServe(":"+port, nil))
}

func option(name, otherwise string) string {
	for index, argument := range os.Args {
		if value, found := strings.CutPrefix(argument, name+"="); found {
			return value
		}
		if argument == name && index+1 < len(os.Args) {
			return os.Args[index+1]
		}
	}
	return otherwise
}
