namespace SsaShare.Orbits;

/// <summary>How much of the covariance of the noise and the prior is the prior's: no residual tells that a prior is wider than it says.</summary>
internal sealed partial class FitArrays
{
    /// <summary>How many a priori figures take part.</summary>
    public int PriorCount => _priorRoot.Length > 0 ? EstimatedCount : EstimatedCount - 6;

    /// <summary>
    /// N·Λ·N over the estimated parameters of the orbit, N their covariance and Λ the information of all a priori figures; where a sensor is given, without what its own contribute.
    /// </summary>
    private double[] PriorPart(double[] root, int without)
    {
        double[] n = Squared(root, _q), own = new double[_q * _q], information = PriorInformation();
        for (int i = 0; i < _q; i++)
        for (int j = 0; j < _q; j++)
        {
            double sum = 0;
            for (int k = 0; k < _q; k++)
            for (int l = 0; l < _q; l++) sum += n[i * _q + k] * information[k * _q + l] * n[l * _q + j];
            own[i * _q + j] = sum;
        }
        Span<double> row = stackalloc double[_q];
        for (int s = 0; s < _ofSensor.Length; s++)
        {
            if (s == without) continue;
            double[] follow = Follow(s);
            for (int k = 0; k < _estimatedOwn[s].Length; k++)
            {
                double sigma = _problem.Sensors[s].OwnSigma[_estimatedOwn[s][k]];
                for (int j = 0; j < _q; j++)
                {
                    double sum = 0;
                    for (int l = 0; l < _q; l++) sum += follow[k * _q + l] * n[l * _q + j];
                    row[j] = sum / sigma;
                }
                for (int i = 0; i < _q; i++)
                for (int j = 0; j < _q; j++) own[i * _q + j] += row[i] * row[j];
            }
        }
        return own;
    }

    /// <summary>The same over a sensor's own estimated parameters and then those of the orbit.</summary>
    private double[] PriorPart(int sensor, double[] root, double[] noise)
    {
        int own = _estimatedOwn[sensor].Length, n = own + _q;
        double[] ofOthers = PriorPart(root, sensor), follow = Follow(sensor), whole = new double[n * _q], part = new double[n * n];
        follow.CopyTo(whole.AsSpan());
        for (int j = 0; j < _q; j++) whole[(own + j) * _q + j] = 1;
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
        {
            double sum = 0;
            for (int k = 0; k < _q; k++)
            for (int l = 0; l < _q; l++) sum += whole[i * _q + k] * ofOthers[k * _q + l] * whole[j * _q + l];
            for (int k = 0; k < own; k++)
            {
                double sigma = _problem.Sensors[sensor].OwnSigma[_estimatedOwn[sensor][k]];
                sum += noise[i * n + k] * noise[j * n + k] / (sigma * sigma);
            }
            part[i * n + j] = sum;
        }
        return part;
    }

    /// <summary>How a sensor's own estimated parameters follow the orbit's: -R⁻¹·Rₒ of its array, a row for each.</summary>
    private double[] Follow(int sensor)
    {
        int own = _estimatedOwn[sensor].Length;
        double[] follow = new double[own * _q];
        for (int i = own - 1; i >= 0; i--)
        {
            var row = _ofSensor[sensor].Row(i);
            for (int j = 0; j < _q; j++)
            {
                double rest = -row[own + _estimated[j]];
                for (int k = i + 1; k < own; k++) rest -= row[k] * follow[k * _q + j];
                follow[i * _q + j] = rest / row[i];
            }
        }
        return follow;
    }

    /// <summary>What is known of the estimated parameters of the orbit beforehand.</summary>
    private double[] PriorInformation()
    {
        double[] information = new double[_q * _q];
        for (int j = 6; j < _q; j++) information[j * _q + j] = 1 / Square(SurfaceSigma(_estimated[j]));
        for (int i = 0; i < 6 && _priorRoot.Length > 0; i++)
        for (int j = 0; j <= i; j++)
        for (int k = 0; k <= i; k++) information[j * _q + k] += _priorRoot[i * 6 + j] * _priorRoot[i * 6 + k];
        return information;
    }

    /// <summary>R⁻¹·R⁻ᵀ from R⁻¹.</summary>
    private static double[] Squared(double[] root, int n)
    {
        double[] squared = new double[n * n];
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
        {
            double sum = 0;
            for (int k = Math.Max(i, j); k < n; k++) sum += root[i * n + k] * root[j * n + k];
            squared[i * n + j] = sum;
        }
        return squared;
    }
}
