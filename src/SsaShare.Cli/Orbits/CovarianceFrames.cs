using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Covariances in the axes of another frame. Between GCRF and TEME they are turned; into ITRF the velocity's part also follows the Earth's spin.</summary>
internal static class CovarianceFrames
{
    /// <param name="covariance">In the frame of <paramref name="state"/>.</param>
    public static Covariance6 ToGcrf(Covariance6 covariance, CartesianState state, EarthRotation rotation) => Turned(covariance, state.Epoch, state.Frame, Frame.Gcrf, rotation);

    /// <param name="covariance">In GCRF, as <paramref name="state"/>.</param>
    public static Covariance6 FromGcrf(Covariance6 covariance, CartesianState state, Frame frame, EarthRotation rotation) => Turned(covariance, state.Epoch, Frame.Gcrf, frame, rotation);

    private static Covariance6 Turned(Covariance6 covariance, Epoch epoch, Frame from, Frame to, EarthRotation rotation)
    {
        if (from == to) return covariance;
        // The way from one frame to another is linear in the state: its matrix is what becomes of unit vectors.
        double[,] way = new double[6, 6];
        for (int column = 0; column < 6; column++)
        {
            double At(int index) => index == column ? 1 : 0;
            var unit = rotation.To(new CartesianState(epoch, from, new Vector3d(At(0), At(1), At(2)), new Vector3d(At(3), At(4), At(5))), to);
            (way[0, column], way[1, column], way[2, column]) = (unit.PositionKm.X, unit.PositionKm.Y, unit.PositionKm.Z);
            (way[3, column], way[4, column], way[5, column]) = (unit.VelocityKmPerS.X, unit.VelocityKmPerS.Y, unit.VelocityKmPerS.Z);
        }
        double[] lower = new double[21];
        for (int row = 0, at = 0; row < 6; row++)
        for (int column = 0; column <= row; column++, at++)
        {
            for (int k = 0; k < 6; k++)
            for (int l = 0; l < 6; l++) lower[at] += way[row, k] * covariance[k, l] * way[column, l];
        }
        return new Covariance6(lower);
    }
}
