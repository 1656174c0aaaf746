namespace SsaShare.Orbits;

/// <summary>
/// Measurement equations reduced, block by block, to an upper triangle by orthogonal transformations: the square root of an information matrix, found
/// without ever forming that matrix, so that no more digits are lost than the equations themselves lack. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Householder reflections; Bierman, Factorization Methods for Discrete Sequential Estimation (1977), chapters IV and V; Montenbruck and Gill, section 8.1.4.
/// The rows given are weighted: derivative of a measurement over its noise, and the last column the residual over its noise. Columns between the reduced
/// ones and the last are carried along: parameters that are considered and not estimated (Bierman, chapter VIII).
/// </remarks>
internal sealed class SquareRootArray
{
    private const int BlockRows = 48;

    private readonly double[] _triangle, _block, _products;
    private int _filled;

    /// <param name="reduced">Columns that are reduced to a triangle.</param>
    /// <param name="columns">All columns, the residual's included.</param>
    public SquareRootArray(int reduced, int columns)
    {
        if (reduced < 1 || columns <= reduced) throw new ArgumentException($"{reduced} of {columns} columns.", nameof(columns));
        (Reduced, Columns) = (reduced, columns);
        (_triangle, _block, _products) = (new double[reduced * columns], new double[BlockRows * columns], new double[columns]);
    }

    public int Reduced { get; }

    public int Columns { get; }

    /// <summary>Sum of the squared residuals that the reduced parameters cannot explain (those carried along taken as zero).</summary>
    public double UnexplainedSquares { get; private set; }

    /// <summary>A row of zeros to be filled; it belongs to the array until the next call.</summary>
    public Span<double> NextRow()
    {
        if (_filled == BlockRows) Reduce();
        var row = _block.AsSpan(_filled++ * Columns, Columns);
        row.Clear();
        return row;
    }

    /// <summary>A row of the triangle, all columns; zero before the diagonal.</summary>
    public ReadOnlySpan<double> Row(int index)
    {
        if (_filled > 0) Reduce();
        return _triangle.AsSpan(index * Columns, Columns);
    }

    public void Clear()
    {
        Array.Clear(_triangle);
        (_filled, UnexplainedSquares) = (0, 0);
    }

    private void Reduce()
    {
        for (int j = 0; j < Reduced; j++) Reflect(j);
        for (int i = 0; i < _filled; i++)
        {
            double rest = _block[i * Columns + Columns - 1];
            UnexplainedSquares += rest * rest;
        }
        _filled = 0;
    }

    /// <summary>Turns column <paramref name="j"/> of the triangle's row j and of all rows of the block onto the former.</summary>
    private void Reflect(int j)
    {
        int columns = Columns;
        double squares = 0;
        for (int i = 0; i < _filled; i++) squares += _block[i * columns + j] * _block[i * columns + j];
        if (squares == 0) return;
        var own = _triangle.AsSpan(j * columns, columns);
        double length = Math.Sqrt(squares + own[j] * own[j]), diagonal = own[j] > 0 ? -length : length;
        double head = own[j] - diagonal, factor = 1 / (diagonal * head);
        var products = _products.AsSpan(0, columns);
        for (int k = j + 1; k < columns; k++) products[k] = head * own[k];
        for (int i = 0; i < _filled; i++) AddScaled(products, _block[i * columns + j], _block.AsSpan(i * columns, columns), j + 1);
        for (int k = j + 1; k < columns; k++) products[k] *= factor;
        AddScaled(own, head, products, j + 1);
        own[j] = diagonal;
        for (int i = 0; i < _filled; i++)
        {
            var row = _block.AsSpan(i * columns, columns);
            AddScaled(row, row[j], products, j + 1);
            row[j] = 0;
        }
    }

    private static void AddScaled(Span<double> to, double factor, ReadOnlySpan<double> from, int first)
    {
        if (factor == 0) return;
        for (int k = first; k < to.Length; k++) to[k] += factor * from[k];
    }
}
