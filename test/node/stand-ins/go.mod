module kubeflow-cdk/stand-ins

go 1.24
