using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A 3×3 matrix; used for rotations between frames.</summary>
public readonly record struct Matrix3(
    double M00, double M01, double M02,
    double M10, double M11, double M12,
    double M20, double M21, double M22)
{
    public static Matrix3 Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public Vector3d Row0 => new(M00, M01, M02);
    public Vector3d Row1 => new(M10, M11, M12);
    public Vector3d Row2 => new(M20, M21, M22);

    public Matrix3 Transposed => new(M00, M10, M20, M01, M11, M21, M02, M12, M22);

    public double this[int row, int column] => (row * 3 + column) switch
    {
        0 => M00, 1 => M01, 2 => M02, 3 => M10, 4 => M11, 5 => M12, 6 => M20, 7 => M21, 8 => M22,
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    /// <summary>The frame turned about its x axis by <paramref name="angleRad"/>.</summary>
    public static Matrix3 RotationX(double angleRad)
    {
        var (s, c) = Math.SinCos(angleRad);
        return new Matrix3(1, 0, 0, 0, c, s, 0, -s, c);
    }

    /// <summary>The frame turned about its y axis by <paramref name="angleRad"/>.</summary>
    public static Matrix3 RotationY(double angleRad)
    {
        var (s, c) = Math.SinCos(angleRad);
        return new Matrix3(c, 0, -s, 0, 1, 0, s, 0, c);
    }

    /// <summary>The frame turned about its z axis by <paramref name="angleRad"/>.</summary>
    public static Matrix3 RotationZ(double angleRad)
    {
        var (s, c) = Math.SinCos(angleRad);
        return new Matrix3(c, s, 0, -s, c, 0, 0, 0, 1);
    }

    public static Vector3d operator *(Matrix3 a, Vector3d v) => new(
        a.M00 * v.X + a.M01 * v.Y + a.M02 * v.Z,
        a.M10 * v.X + a.M11 * v.Y + a.M12 * v.Z,
        a.M20 * v.X + a.M21 * v.Y + a.M22 * v.Z);

    public static Matrix3 operator *(Matrix3 a, Matrix3 b) => new(
        a.M00 * b.M00 + a.M01 * b.M10 + a.M02 * b.M20, a.M00 * b.M01 + a.M01 * b.M11 + a.M02 * b.M21, a.M00 * b.M02 + a.M01 * b.M12 + a.M02 * b.M22,
        a.M10 * b.M00 + a.M11 * b.M10 + a.M12 * b.M20, a.M10 * b.M01 + a.M11 * b.M11 + a.M12 * b.M21, a.M10 * b.M02 + a.M11 * b.M12 + a.M12 * b.M22,
        a.M20 * b.M00 + a.M21 * b.M10 + a.M22 * b.M20, a.M20 * b.M01 + a.M21 * b.M11 + a.M22 * b.M21, a.M20 * b.M02 + a.M21 * b.M12 + a.M22 * b.M22);

    public static Matrix3 operator +(Matrix3 a, Matrix3 b) => new(
        a.M00 + b.M00, a.M01 + b.M01, a.M02 + b.M02, a.M10 + b.M10, a.M11 + b.M11, a.M12 + b.M12, a.M20 + b.M20, a.M21 + b.M21, a.M22 + b.M22);

    public static Matrix3 operator -(Matrix3 a, Matrix3 b) => new(
        a.M00 - b.M00, a.M01 - b.M01, a.M02 - b.M02, a.M10 - b.M10, a.M11 - b.M11, a.M12 - b.M12, a.M20 - b.M20, a.M21 - b.M21, a.M22 - b.M22);

    public static Matrix3 operator *(double k, Matrix3 a) => new(
        k * a.M00, k * a.M01, k * a.M02, k * a.M10, k * a.M11, k * a.M12, k * a.M20, k * a.M21, k * a.M22);

    /// <summary>The matrix a bᵀ.</summary>
    public static Matrix3 Outer(Vector3d a, Vector3d b) => new(a.X * b.X, a.X * b.Y, a.X * b.Z, a.Y * b.X, a.Y * b.Y, a.Y * b.Z, a.Z * b.X, a.Z * b.Y, a.Z * b.Z);

    /// <summary>The matrix that multiplies a vector from the left as <paramref name="a"/> does in the cross product.</summary>
    public static Matrix3 CrossOf(Vector3d a) => new(0, -a.Z, a.Y, a.Z, 0, -a.X, -a.Y, a.X, 0);

    /// <summary>This matrix transposed, times the vector.</summary>
    public Vector3d TransposedTimes(Vector3d v) => new(
        M00 * v.X + M10 * v.Y + M20 * v.Z,
        M01 * v.X + M11 * v.Y + M21 * v.Z,
        M02 * v.X + M12 * v.Y + M22 * v.Z);
}
