"""Pools of processes and a Dask cluster give the answer of one process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia.errors import DataError, InputError
from sogdia.scenarios.executors import executor_for
from sogdia.scenarios.run import RunOptions, run_setup

OPTIONS = RunOptions(years=300, seed=2)


@pytest.fixture(scope="module")
def expected(study, setup):
    return run_setup(study.store, setup, None, OPTIONS).hash


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "block"), [(2, 7), (4, 1000)])
def test_a_pool_of_processes_gives_the_same(study, setup, expected, workers, block):
    with executor_for(workers) as executor:
        assert run_setup(study.store, setup, None, replace(OPTIONS, block=block), executor=executor).hash == expected


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_gives_the_same(study, setup, expected):
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        executor_for(1, cluster.scheduler_address.replace("tcp://", "dask://")) as executor,
    ):
        assert run_setup(study.store, setup, None, replace(OPTIONS, block=7), executor=executor).hash == expected


def test_an_address_that_is_none_is_refused():
    with pytest.raises(InputError) as refused, executor_for(1, "ray://somewhere"):
        pass
    assert refused.value.faults[0].file == "executor"
    assert refused.value.faults[0].value == "ray://somewhere"


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr("sogdia.scenarios.executors.PATIENCE", "200ms")
    with pytest.raises(DataError, match=r"dask://127\.0\.0\.1:9"), executor_for(1, "dask://127.0.0.1:9"):
        pass
