namespace SsaShare.Fusion;

/// <summary>The linear assignment problem: each row gets a column of its own at the least sum of costs.</summary>
/// <remarks>Successive shortest augmenting paths with dual prices: Jonker and Volgenant, Computing 38 (1987); Burkard, Dell'Amico and Martello, Assignment Problems (2009), section 4.4.</remarks>
internal static class ShortestPaths
{
    /// <summary>The column of each row.</summary>
    /// <param name="cost">By rows; positive infinity where a pair is impossible.</param>
    /// <param name="rows">At most as many as <paramref name="columns"/>.</param>
    /// <param name="columns">All of them.</param>
    /// <param name="total">Sum of the costs.</param>
    /// <exception cref="ArgumentException">No assignment is possible.</exception>
    public static int[] Solve(ReadOnlySpan<double> cost, int rows, int columns, out double total)
    {
        int[] columnOf = new int[rows];
        return TrySolve(cost, rows, columns, columnOf, out total) ? columnOf : throw new ArgumentException("No assignment is possible.", nameof(cost));
    }

    /// <inheritdoc cref="Solve"/>
    /// <param name="columnOf">Filled where the answer is true.</param>
    public static bool TrySolve(ReadOnlySpan<double> cost, int rows, int columns, Span<int> columnOf, out double total)
    {
        double[] rowPrice = new double[rows], columnPrice = new double[columns], distance = new double[columns];
        int[] rowOf = new int[columns], from = new int[columns];
        bool[] done = new bool[columns];
        Array.Fill(rowOf, -1);
        total = double.PositiveInfinity;
        for (int start = 0; start < rows; start++)
        {
            Array.Fill(distance, double.PositiveInfinity);
            Array.Clear(done);
            int row = start, end = -1;
            double reached = 0;
            while (end < 0)
            {
                int next = -1;
                for (int j = 0; j < columns; j++)
                {
                    if (done[j]) continue;
                    double way = reached + cost[row * columns + j] - rowPrice[row] - columnPrice[j];
                    if (way < distance[j]) (distance[j], from[j]) = (way, row);
                    if (distance[j] < (next < 0 ? double.PositiveInfinity : distance[next])) next = j;
                }
                if (next < 0) return false;
                (reached, done[next]) = (distance[next], true);
                if (rowOf[next] < 0) end = next;
                else row = rowOf[next];
            }
            rowPrice[start] += reached;
            for (int j = 0; j < columns; j++)
            {
                if (!done[j] || j == end) continue;
                columnPrice[j] += distance[j] - reached;
                rowPrice[rowOf[j]] += reached - distance[j];
            }
            for (int j = end; ;)
            {
                int by = from[j], released = -1;
                for (int k = 0; k < columns; k++) if (rowOf[k] == by && k != j) released = k;
                rowOf[j] = by;
                if (by == start) break;
                rowOf[released] = -1;
                j = released;
            }
        }
        total = 0;
        for (int j = 0; j < columns; j++)
        {
            if (rowOf[j] < 0) continue;
            columnOf[rowOf[j]] = j;
            total += cost[rowOf[j] * columns + j];
        }
        return true;
    }
}
