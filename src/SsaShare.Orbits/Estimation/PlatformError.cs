using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The error of an uncertain observer as six independent standard errors, each the same through a fit.</summary>
/// <remarks>
/// At every instant their sum has the observer's own covariance; between instants the error keeps its place in the platform's radial, transverse and normal
/// axes. That is how orbit errors behave over hours, and errs to the cautious side beside taking them as new in every observation.
/// </remarks>
internal static class PlatformError
{
    /// <summary>Derivatives of the observer's GCRF state by the six errors, 6×6 by rows; zeros where it counts as known.</summary>
    public static void Fill(IObserver observer, Epoch epoch, EarthRotation rotation, ISolarSystem bodies, Span<double> byErrors)
    {
        byErrors.Clear();
        if (observer.Uncertainty(epoch) is not { } covariance) return;
        var place = observer.At(epoch, rotation, bodies);
        var axes = LocalOrbitFrame.Of(new CartesianState(epoch, Frame.Gcrf, place.PositionKm, place.VelocityKmPerS), LocalOrbitAxes.Rtn);
        var local = axes.ToLocal(covariance);
        Span<double> root = stackalloc double[36];
        Root(local, root);
        var turn = axes.FromInertial;
        for (int half = 0; half < 2; half++)
        for (int j = 0; j < 6; j++)
        {
            var column = turn.TransposedTimes(new Vector3d(root[half * 18 + j], root[half * 18 + 6 + j], root[half * 18 + 12 + j]));
            (byErrors[half * 18 + j], byErrors[half * 18 + 6 + j], byErrors[half * 18 + 12 + j]) = (column.X, column.Y, column.Z);
        }
    }

    /// <summary>Cholesky's root; a direction without variance of its own has a column of zeros.</summary>
    private static void Root(Covariance6 covariance, Span<double> l)
    {
        l.Clear();
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
        {
            double rest = covariance[row, column];
            for (int k = 0; k < column; k++) rest -= l[row * 6 + k] * l[column * 6 + k];
            if (row == column) l[row * 6 + row] = rest > 1e-14 * covariance[row, row] ? Math.Sqrt(rest) : 0;
            else l[row * 6 + column] = l[column * 6 + column] > 0 ? rest / l[column * 6 + column] : 0;
        }
    }
}
