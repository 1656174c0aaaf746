namespace SsaShare.Domain;

/// <summary>A vector of three doubles; the unit and frame stand in the name of whatever holds it.</summary>
public readonly record struct Vector3d(double X, double Y, double Z)
{
    public static Vector3d Zero => default;
    public double NormSquared => X * X + Y * Y + Z * Z;
    public double Norm => Math.Sqrt(NormSquared);
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    public double Dot(Vector3d other) => X * other.X + Y * other.Y + Z * other.Z;
    public Vector3d Cross(Vector3d other) => new(Y * other.Z - Z * other.Y, Z * other.X - X * other.Z, X * other.Y - Y * other.X);
    public double DistanceTo(Vector3d other) => (this - other).Norm;

    /// <summary>The vector of length one in the same direction; not finite for the zero vector.</summary>
    public Vector3d Unit() => this / Norm;

    public static Vector3d operator +(Vector3d a, Vector3d b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
    public static Vector3d operator -(Vector3d a, Vector3d b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
    public static Vector3d operator -(Vector3d a) => new(-a.X, -a.Y, -a.Z);
    public static Vector3d operator *(double k, Vector3d a) => new(k * a.X, k * a.Y, k * a.Z);
    public static Vector3d operator *(Vector3d a, double k) => k * a;
    public static Vector3d operator /(Vector3d a, double k) => new(a.X / k, a.Y / k, a.Z / k);
}
