using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>A tracklet of no known object, with the orbit that it gives by itself.</summary>
public sealed class OrbitCandidate
{
    internal OrbitCandidate(IReadOnlyList<SensorObservation> observations, CartesianState state, Covariance6 covariance, double[] elements, double[] covarianceOfElements, double[] partials)
        => (Observations, State, Covariance, Elements, ElementCovariance, Partials, Id) = (observations, state, covariance, elements, covarianceOfElements, partials, IdOf(observations));

    /// <summary>From what was measured alone: whoever relays it, in whatever order it came.</summary>
    public Guid Id { get; }

    /// <summary>Ascending in time.</summary>
    public IReadOnlyList<SensorObservation> Observations { get; }

    /// <summary>In the middle of the tracklet, GCRF, km and km/s.</summary>
    public CartesianState State { get; }

    /// <summary>From the sensor's noise, GCRF.</summary>
    public Covariance6 Covariance { get; }

    /// <summary>As <see cref="MeanOrbitElements"/> has them, of <see cref="State"/>.</summary>
    internal double[] Elements { get; }

    internal double[] ElementCovariance { get; }

    /// <summary>Of the elements by the state.</summary>
    internal double[] Partials { get; }

    private static Guid IdOf(IReadOnlyList<SensorObservation> observations)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("ssashare/tracklet/v1\n"u8);
        Span<byte> figure = stackalloc byte[8];
        foreach (var o in observations.Select(o => o.Observation))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(o.Sensor.Value));
            BinaryPrimitives.WriteInt64LittleEndian(figure, o.Epoch.NanosecondsSinceJ2000);
            hash.AppendData(figure);
            foreach (double? value in (ReadOnlySpan<double?>)[o.RangeKm, o.AzimuthRad, o.ElevationRad, o.RangeRateKmPerS])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(figure, value ?? double.NaN);
                hash.AppendData(figure);
            }
        }
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }
}
