using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli.Tests.Nodes;

public sealed class CertificateTextTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 12, 8, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CertificateUse.Tls, 29.5, "WARNING: the TLS certificate runs out at 2026-05-12T08:30:00Z, in 29 days: ssa node rotate --tls, while the node is stopped")]
    [InlineData(CertificateUse.Operator, 0.5, "WARNING: the operator certificate runs out at 2026-05-12T08:30:00Z, in 0 days")]
    [InlineData(CertificateUse.Operator, -1, "WARNING: the operator certificate has run out at 2026-05-12T08:30:00Z")]
    public void Line_OfACertificate_SaysWhenAndWhatToDo(CertificateUse use, double daysBefore, string line)
        => Assert.Equal(line, CertificateText.Line(new CertificateStatus { Use = use, NotAfter = Timestamp.FromDateTimeOffset(At) }, At.AddDays(-daysBefore)));
}
