using System.Security.Cryptography;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

public sealed class SealedRecordTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(72)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(SealedRecord.LongestPayloadBytes)]
    public void Id_OfAnyPayload_IsTheHashOfContextClassAndPayload(int length)
    {
        byte[] payload = RandomNumberGenerator.GetBytes(length);
        byte[] hash = SHA256.HashData([.. "ssashare/record/v1\n"u8, (byte)RecordClass.Sensor, .. payload]);
        Assert.Equal(new RecordId(hash), SealedRecord.ComputeId(RecordClass.Sensor, payload));
        Assert.NotEqual(new RecordId(hash), SealedRecord.ComputeId(RecordClass.Observation, payload));
    }
}
