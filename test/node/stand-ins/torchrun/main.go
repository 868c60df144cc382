// Stands in for torchrun. Like it, the nodes of a job find each other by what the PyTorch runtime sets: rank 0 listens on the
// master's port, the others dial the master's address with their rank, and everybody learns the sum. Then it runs until
// `torchrun finish` is called beside it.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

const finishFile = "finish"

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 && os.Args[1] == "finish" {
		if err := os.WriteFile(finishFile, nil, 0o644); err != nil {
			log.Fatal(err)
		}
		return
	}
	for _, variable := range os.Environ() {
		if strings.HasPrefix(variable, "PET_") {
			fmt.Println(variable)
		}
	}
	nodes, rank := number("PET_NNODES"), number("PET_NODE_RANK")
	total, err := addUp(nodes, rank)
	if err != nil {
		log.Fatalf("node %d of %d: %v", rank, nodes, err)
	}
	fmt.Printf("node %d of %d: the ranks add up to %d\n", rank, nodes, total)
	for {
		if _, err := os.Stat(finishFile); err == nil {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func number(name string) int {
	value, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	return value
}

func addUp(nodes, rank int) (int, error) {
	port := os.Getenv("PET_MASTER_PORT")
	if rank == 0 {
		return collect(nodes, port)
	}
	address := net.JoinHostPort(os.Getenv("PET_MASTER_ADDR"), port)
	var connection net.Conn
	var err error
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(time.Second) {
		if connection, err = net.DialTimeout("tcp", address, 5*time.Second); err == nil {
			break
		}
		if time.Now().After(deadline) {
			return 0, err
		}
	}
	defer connection.Close()
	fmt.Fprintln(connection, rank)
	return readNumber(connection)
}

func collect(nodes int, port string) (int, error) {
	listener, err := net.Listen("tcp", ":"+port)
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	total := 0
	var others []net.Conn
	for len(others) < nodes-1 {
		connection, err := listener.Accept()
		if err != nil {
			return 0, err
		}
		rank, err := readNumber(connection)
		if err != nil {
			return 0, err
		}
		total += rank
		others = append(others, connection)
	}
	for _, connection := range others {
		fmt.Fprintln(connection, total)
		connection.Close()
	}
	return total, nil
}

func readNumber(connection net.Conn) (int, error) {
	line, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(line))
}
