namespace SsaShare.Formats;

/// <summary>Frames of orbit parameter messages: EME2000 is turned into GCRF, orbit frames of covariances into that of the state.</summary>
internal static class OdmFrames
{
    private const double RadPerMas = Math.PI / 180 / 3_600_000;

    // Frame bias of the mean equator and equinox of J2000.0 against GCRF (IERS Conventions 2010; Kaplan, USNO Circular 179, equation 3.4).
    private const double Alpha = -14.6 * RadPerMas, Xi = -16.617 * RadPerMas, Eta = -6.8192 * RadPerMas;

    internal static readonly Vector3d[] GcrfAxesOfEme2000 =
    [
        new(1 - (Alpha * Alpha + Xi * Xi) / 2, Alpha, -Xi),
        new(-Alpha - Eta * Xi, 1 - (Alpha * Alpha + Eta * Eta) / 2, -Eta),
        new(Xi - Eta * Alpha, Eta + Xi * Alpha, 1 - (Eta * Eta + Xi * Xi) / 2),
    ];

    /// <summary>The frame in which the state is kept; unspecified, and the message is refused, when it is not read.</summary>
    public static Frame Read(OdmMessage message)
    {
        string text = message.Text("REF_FRAME").ToUpperInvariant();
        if (text is "GCRF" or "ICRF" or "EME2000") return Frame.Gcrf;
        if (text is "TEME") return Frame.Teme;
        // The realisations of ITRF agree to centimetres.
        if (text.StartsWith("ITRF", StringComparison.Ordinal)) return Frame.Itrf;
        message.RefuseField("REF_FRAME", text.Length == 0 ? "missing" : "not read", "give GCRF, ICRF, EME2000, ITRF or TEME");
        return Frame.Unspecified;
    }

    /// <summary>A state of the message in the frame in which it is kept.</summary>
    public static (Vector3d PositionKm, Vector3d VelocityKmPerS) ToKept(OdmMessage message, Vector3d position, Vector3d velocity)
        => IsEme2000(message.Text("REF_FRAME")) ? (Turn(GcrfAxesOfEme2000, position), Turn(GcrfAxesOfEme2000, velocity)) : (position, velocity);

    /// <summary>A covariance of the message in the axes of the kept state.</summary>
    /// <returns>Null, and the message is refused, when its frame is not read or it is no covariance.</returns>
    public static double[]? TryRotate(OdmMessage message, double[] lower, Vector3d position, Vector3d velocity)
    {
        string text = message.Text("COV_REF_FRAME").ToUpperInvariant(), state = message.Text("REF_FRAME").ToUpperInvariant();
        Vector3d[]? axes = null;
        if (text.Length == 0 || text == state) axes = IsEme2000(state) ? GcrfAxesOfEme2000 : [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        else if (text is "RTN" or "RSW" or "TNW" && Read(message) != Frame.Itrf) axes = OrbitAxes(text, position, velocity);
        if (axes is null || !axes.All(axis => axis.IsFinite))
        {
            message.RefuseField("COV_REF_FRAME", "not read with this REF_FRAME", "give RTN, RSW, TNW or the frame of the state");
            return null;
        }
        double[] turned = Turn(axes, lower);
        for (int row = 0; row < 6; row++)
        {
            if (turned[row * (row + 1) / 2 + row] >= 0) continue;
            message.RefuseField(OdmKeywords.Covariance[row * (row + 1) / 2 + row].Keyword, "a negative variance along some axis", "correct the covariance");
            return null;
        }
        return turned;
    }

    /// <summary>A vector in the mean equator and equinox of J2000.0, in GCRF.</summary>
    public static Vector3d FromEme2000(Vector3d vector) => Turn(GcrfAxesOfEme2000, vector);

    /// <summary>A vector in GCRF, in the mean equator and equinox of J2000.0.</summary>
    public static Vector3d ToEme2000(Vector3d vector) => new(vector.Dot(GcrfAxesOfEme2000[0]), vector.Dot(GcrfAxesOfEme2000[1]), vector.Dot(GcrfAxesOfEme2000[2]));

    private static bool IsEme2000(string frame) => frame.Equals("EME2000", StringComparison.OrdinalIgnoreCase);

    internal static Vector3d[] OrbitAxes(string frame, Vector3d position, Vector3d velocity)
    {
        var normal = position.Cross(velocity).Unit();
        if (frame == "TNW") return [velocity.Unit(), normal.Cross(velocity.Unit()), normal];
        return [position.Unit(), normal.Cross(position.Unit()), normal];
    }

    /// <param name="axes">Of the frame in which the vector is given, in the axes of the result.</param>
    private static Vector3d Turn(Vector3d[] axes, Vector3d vector) => vector.X * axes[0] + vector.Y * axes[1] + vector.Z * axes[2];

    /// <summary>A P Aᵀ, block by block; entries outside the triangle by symmetry.</summary>
    internal static double[] Turn(Vector3d[] axes, double[] lower)
    {
        double[] turned = new double[lower.Length];
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
        {
            double sum = 0;
            for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                sum += Component(axes[i], row % 3) * At(lower, row / 3 * 3 + i, column / 3 * 3 + j) * Component(axes[j], column % 3);
            turned[row * (row + 1) / 2 + column] = sum;
        }
        return turned;
    }

    private static double At(double[] lower, int row, int column) => row >= column ? lower[row * (row + 1) / 2 + column] : lower[column * (column + 1) / 2 + row];

    private static double Component(Vector3d vector, int axis) => axis switch { 0 => vector.X, 1 => vector.Y, _ => vector.Z };
}
