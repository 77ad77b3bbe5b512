"""What is planned: events, workouts, races; read, changed, dictated, said."""
